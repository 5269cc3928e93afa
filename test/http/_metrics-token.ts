/** Gives the process a token of its figures; imported before anything that reads the environment. */
export const token = 'a-token-of-sixteen-or-more'
process.env['METRICS_TOKEN'] = token
