/** Scheduled: what lies sealed under an older key is sealed anew under the first of the ring. */
import { resealData } from '../src/operations/reseal-data.ts'
import { defineJob } from './define-job.ts'

export const reseal = defineJob({
  name: 'reseal-data',
  description: {
    ru: 'Запечатывание данных новым ключом',
    en: 'Sealing of data with a new key',
  },
  every: { cron: '10 4 * * *', timezone: 'Europe/Moscow' },
  timeoutMs: 60 * 60_000,
  run: ({ signal }) => resealData(signal),
})
