/** What a browser calls itself, as its owner would: «Chrome, Windows». Only for reading; nothing is decided by it. */

const browsers: readonly [RegExp, string][] = [
  [/YaBrowser\//, 'Yandex Browser'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

const nameIn = (text: string, names: readonly [RegExp, string][]): string | null =>
  names.find(([sign]) => sign.test(text))?.[1] ?? null

/** Null when it says nothing known. */
export function deviceName(userAgent: string | null): string | null {
  if (!userAgent) return null
  const known = [nameIn(userAgent, browsers), nameIn(userAgent, systems)].filter((name) => name !== null)
  return known.length > 0 ? known.join(', ') : null
}
