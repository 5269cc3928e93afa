/** How long accounting may take to answer a request. */

/** An answer is late (amber) after this many minutes. */
export const lateAfterMinutes = 15

/** A request without an answer fails as timed out after this many hours. */
export const timeOutAfterHours = 24
