// Whoever asks for the database's package gets ours, which alone gets the real one.
/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, next) {
  const ours = new URL('sqlite.mjs', import.meta.url).href
  return specifier === '@photostructure/sqlite' && context.parentURL !== ours
    ? { url: ours, shortCircuit: true }
    : next(specifier, context)
}
