/** Finds a port to listen on: the wished one, or any other when somebody has it. */
import { createServer, type AddressInfo } from 'node:net'

const tryPort = (port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(port, host, () => {
      const { port: taken } = probe.address() as AddressInfo
      probe.close(() => resolve(taken))
    })
  })

/** @param wished 0 takes any. Fails only when the host itself cannot be listened on. */
export async function freePort(wished: number, host: string): Promise<number> {
  try {
    return await tryPort(wished, host)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw fault
    return tryPort(0, host)
  }
}
