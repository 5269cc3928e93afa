/** The passwords everybody tries first: 49,000 of them, read when the first one is asked about. */

let known: Promise<ReadonlySet<string>> | undefined

const load = async (): Promise<ReadonlySet<string>> => {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

const spelled: Readonly<Record<string, string>> = { '@': 'a', $: 's', '0': 'o', '1': 'i', '3': 'e', '5': 's' }

const plain = (text: string): string => text.replaceAll(/[@$0135]/g, (sign) => spelled[sign] ?? sign)

const bare = (text: string): string => text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** `P@ssword2026#` is `password` to whoever guesses: letters spelled by signs and what is hung on the ends do not count. */
export async function isCommonPassword(password: string): Promise<boolean> {
  const list = await (known ??= load())
  const text = password.toLowerCase()
  const forms = [text, plain(text), bare(text), bare(plain(text)), plain(bare(text))]
  // What is left must be most of the password: «Cat» inside a long phrase says nothing about the phrase.
  return forms.some((form) => form.length * 2 >= text.length && list.has(form))
}
