/** Spares every start the second and a half in which AdminJS reads a bundler nobody asks for: esbuild makes our screens. */
import { register } from 'node:module'

// Runs in the thread of the loader, so it is text and not a function.
const hooks = `
  const builders = /^(@babel\\/|@rollup\\/|rollup$|rollup-plugin-)/
  const nothing = 'data:text/javascript,' + encodeURIComponent(
    'const nothing = () => ({}); export { nothing as rollup, nothing as watch, nothing as nodeResolve, nothing as babel, nothing as minify }; export default nothing')
  export const resolve = (specifier, context, next) =>
    builders.test(specifier) && context.parentURL?.includes('/node_modules/adminjs/')
      ? { url: nothing, shortCircuit: true }
      : next(specifier, context)
`

register(`data:text/javascript,${encodeURIComponent(hooks)}`)
