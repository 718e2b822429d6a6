// Stands in for the database's package, so that points can be put around what is written: its own methods cannot be replaced.
import { DatabaseSync as Real } from '@photostructure/sqlite'
import { around, beginWork } from './points.mjs'

export * from '@photostructure/sqlite'

const writes = /^\s*(insert|update|delete|begin|commit|savepoint|release|create|drop)/i

/** @param {string} sql @param {() => any} act */
function written(sql, act) {
  if (!writes.test(sql)) return act()
  if (/^\s*insert into messages /i.test(sql)) beginWork()
  return around(`db ${sql.trim().replaceAll(/\s+/g, ' ').slice(0, 70)}`, act)
}

/** @param {any} owner @param {string} name @param {(args: any[], act: () => any) => any} wrap */
function shadow(owner, name, wrap) {
  const real = owner[name]
  Object.defineProperty(owner, name, {
    value: (/** @type {any[]} */ ...args) => wrap(args, () => real.apply(owner, args)),
  })
}

export class DatabaseSync extends Real {
  /** @param {ConstructorParameters<typeof Real>} args */
  constructor(...args) {
    super(...args)
    shadow(this, 'exec', ([sql], act) => written(sql, act))
    shadow(this, 'prepare', ([sql], act) => {
      const statement = act()
      for (const name of ['run', 'get', 'all']) shadow(statement, name, (_values, run) => written(sql, run))
      return statement
    })
  }
}
