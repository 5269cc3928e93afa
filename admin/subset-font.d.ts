/** What we use of a library that comes without its types. */
declare module 'subset-font' {
  /** The font with nothing but the glyphs of `text`. */
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: 'woff2' },
  ): Promise<Buffer>
}
