/** What nobody confirmed is forgotten: the row stays, the person in it does not. */
import { Op } from 'sequelize'
import { registrationStates } from '../../domain/states/registration.ts'
import { Registration } from '../../models/registration.ts'
import { operation } from '../operation.ts'

export const expireRegistrations = operation(
  'registration.expire',
  async ({ now }, { limit }: { limit: number }): Promise<number> => {
    const over = await Registration.findAll({
      where: { state: 'unconfirmed', expiresAt: { [Op.lte]: now } },
      order: ['id'],
      limit,
      lock: true,
      skipLocked: true,
    })
    for (const registration of over)
      await registration.update({
        state: registrationStates.next(registration.state, 'expire'),
        email: '',
        surname: '',
        name: '',
        patronymic: null,
        passwordHash: null,
        details: {},
        agreedFrom: null,
      })
    return over.length
  },
)
