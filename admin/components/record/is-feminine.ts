/** Whether a Russian full name reads as a woman's, so that a sentence about her agrees with it. */

const MASCULINE = new Set([
  'илья',
  'никита',
  'фома',
  'кузьма',
  'лука',
  'савва',
  'данила',
  'миша',
  'саша',
  'женя',
])

export const isFeminine = (name: string): boolean => {
  const words = name.toLocaleLowerCase('ru').split(/\s+/)
  // A patronymic tells for certain; then a surname; then the first name by its ending.
  if (words.some((word) => /(вна|чна|кызы)$/.test(word))) return true
  if (words.some((word) => /(вич|ьич|оглы)$/.test(word))) return false
  if (words.some((word) => /(ова|ева|ёва|ина|ына|ская|цкая)$/.test(word) && !MASCULINE.has(word))) return true
  return words.some((word) => /[ая]$/.test(word) && !MASCULINE.has(word))
}
