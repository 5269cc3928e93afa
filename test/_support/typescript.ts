/** For tests that migrate: migrations are loaded by their names, as they stand, and those are TypeScript. */
import { register } from 'tsx/esm/api'

register()
