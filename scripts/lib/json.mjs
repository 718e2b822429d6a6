import { readFileSync } from 'node:fs'

/**
 * Reads a JSON file that we, or a tool we trust, wrote: its shape is taken on faith. Throws when it cannot be read.
 * @template T
 * @param {string} path
 * @returns {T}
 */
export function readJson(path) {
  return /** @type {T} */ (JSON.parse(readFileSync(path, 'utf8')))
}
