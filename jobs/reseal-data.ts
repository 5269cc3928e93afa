/** Scheduled: what lies sealed under an older key is sealed anew under the first of the ring. */
import { resealData } from '../src/operations/reseal-data.ts'
import { defineJob } from './define-job.ts'

export const reseal = defineJob({
  name: 'reseal-data',
  description: {
    ru: 'Запечатывает данные новым ключом после его смены',
    en: 'Seals data anew after the key has changed',
  },
  every: { cron: '10 4 * * *', timezone: 'Europe/Moscow' },
  timeoutMs: 60 * 60_000,
  run: ({ signal }) => resealData(signal),
})
