/** Owns a font as documents embed it: the outlines without the instructions that fit them to coarse screens. */

/** Tables that only serve those instructions. */
const coarseScreens = new Set(['cvt ', 'fpgm', 'gasp', 'hdmx', 'prep'])

/** Flags of a part of a composite glyph, as the OpenType specification numbers them. */
const part = { wordArguments: 1, scale: 8, more: 0x20, twoScales: 0x40, matrix: 0x80, instructions: 0x1_00 }

/**
 * A TrueType font without hinting, in memory: every letter looks the same on paper and on any screen of today, while
 * the file of a document is a third smaller and exported faster.
 */
export function leanFont(font: Buffer): Buffer {
  const tables = tablesOf(font)
  for (const name of coarseScreens) tables.delete(name)
  const [glyf, loca, maxp] = ['glyf', 'loca', 'maxp'].map((name) => tables.get(name))
  const head = Buffer.from(tables.get('head') ?? [])
  if (!glyf || !loca || !maxp || head.length === 0) throw new Error('The font is not TrueType')

  const isLong = head.readInt16BE(50) === 1
  const placeOf = (glyph: number) =>
    isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph)
  const count = maxp.readUInt16BE(4)
  const places = Buffer.alloc(4 * (count + 1))
  const glyphs: Buffer[] = []
  let end = 0
  for (let glyph = 0; glyph < count; glyph += 1) {
    const lean = padded(leanGlyph(glyf.subarray(placeOf(glyph), placeOf(glyph + 1))))
    glyphs.push(lean)
    end += lean.length
    places.writeUInt32BE(end, 4 * (glyph + 1))
  }
  head.writeInt16BE(1, 50)
  return assembled(tables.set('head', head).set('loca', places).set('glyf', Buffer.concat(glyphs)))
}

function leanGlyph(glyph: Buffer): Buffer {
  if (glyph.length === 0) return glyph
  const contours = glyph.readInt16BE(0)
  if (contours >= 0) {
    const at = 10 + 2 * contours
    const rest = glyph.subarray(at + 2 + glyph.readUInt16BE(at))
    return Buffer.concat([glyph.subarray(0, at), Buffer.alloc(2), rest])
  }
  const composite = Buffer.from(glyph)
  let at = 10
  for (let flags = part.more; flags & part.more;) {
    flags = composite.readUInt16BE(at)
    composite.writeUInt16BE(flags & ~part.instructions, at)
    const transform = flags & part.scale ? 2 : flags & part.twoScales ? 4 : flags & part.matrix ? 8 : 0
    at += 4 + (flags & part.wordArguments ? 4 : 2) + transform
  }
  return composite.subarray(0, at)
}

function tablesOf(font: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>()
  for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
    const start = font.readUInt32BE(at + 8)
    tables.set(font.toString('latin1', at, at + 4), font.subarray(start, start + font.readUInt32BE(at + 12)))
  }
  return tables
}

function assembled(tables: Map<string, Buffer>): Buffer {
  const directory = Buffer.alloc(12 + 16 * tables.size)
  directory.writeUInt32BE(0x0001_0000, 0)
  directory.writeUInt16BE(tables.size, 4)
  const parts: Buffer[] = [directory]
  let end = directory.length
  let at = 12
  // Checksums stay zero: the typesetter computes those of the part it embeds.
  for (const [name, table] of [...tables].sort(([one], [other]) => (one < other ? -1 : 1))) {
    directory.write(name, at, 'latin1')
    directory.writeUInt32BE(end, at + 8)
    directory.writeUInt32BE(table.length, at + 12)
    parts.push(padded(table))
    end += padded(table).length
    at += 16
  }
  return Buffer.concat(parts)
}

/** Tables and glyphs begin at multiples of four bytes. */
function padded(bytes: Buffer): Buffer {
  const missing = -bytes.length & 3
  return missing === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(missing)])
}
