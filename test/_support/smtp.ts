/** A real SMTP server on loopback that does to a letter what a test tells it to. */
import type { Socket } from 'node:net'
import type { ExecutionContext } from 'ava'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

/**
 * `accept`; `later` and `never`: 451 and 550 to the recipient; `refuse`: 554 to the content; `cut`: the connection ends
 * after the first bytes of the content; `silence`: it ends when all of the content is there, before the reply;
 * `hang`: all of the content is there and no reply ever comes.
 */
export type Behaviour = 'accept' | 'later' | 'never' | 'refuse' | 'cut' | 'silence' | 'hang'

export type TestServer = {
  url: string
  port: number
  /** What the next letters meet, in turn; afterwards they are accepted. */
  plan: Behaviour[]
  accepted: ParsedMail[]
  /** Letters of which every byte was received, whatever was answered. */
  received: number
  stop: () => Promise<void>
}

type Session = SMTPServerSession & { behaviour?: Behaviour }

/** Listens on a free port (or the given one); stopped at the end of the test. */
export async function startSmtp(t: ExecutionContext, plan: Behaviour[] = [], port = 0): Promise<TestServer> {
  const sockets = new Map<string, Socket>()
  const state: TestServer = { url: '', port: 0, plan, accepted: [], received: 0, stop: async () => undefined }

  const take = (
    stream: SMTPServerDataStream,
    session: Session,
    done: (error?: Error | null, reply?: string) => void,
  ) => {
    const cutNow = () => sockets.get(session.remoteAddress + session.remotePort)?.destroy()
    if (session.behaviour === 'cut') {
      stream.once('data', cutNow)
      stream.resume()
      return
    }
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      state.received += 1
      if (session.behaviour === 'silence') return cutNow()
      if (session.behaviour === 'hang') return
      if (session.behaviour === 'refuse') return done(reply(554, 'This content is not wanted here'))
      void simpleParser(Buffer.concat(chunks)).then((mail) => {
        state.accepted.push(mail)
        done(null, 'queued as TEST')
      }, done)
    })
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 200,
    onRcptTo(_address, session: Session, done) {
      session.behaviour = state.plan.shift() ?? 'accept'
      if (session.behaviour === 'later') return done(reply(451, 'Come back later'))
      if (session.behaviour === 'never') return done(reply(550, 'No such reader'))
      done()
    },
    onData: take,
  })
  server.on('error', (error) => t.log(error.message))
  server.server.on('connection', (socket: Socket) =>
    sockets.set(`${socket.remoteAddress?.replace('::ffff:', '')}${socket.remotePort}`, socket),
  )
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.server.address()
  state.port = typeof address === 'object' && address ? address.port : port
  state.url = `smtp://127.0.0.1:${state.port}`
  let stopped: Promise<void> | undefined
  state.stop = () =>
    (stopped ??= new Promise<void>((resolve) => {
      for (const socket of sockets.values()) socket.destroy()
      server.close(() => resolve())
    }))
  t.teardown(state.stop)
  return state
}

const reply = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })
