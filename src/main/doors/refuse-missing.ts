import { OperationError } from '../../contract/failure'

export function refuseMissing(id: string): never {
  throw new OperationError('notFound', `There is no message ${id}. message.list shows those there are.`)
}
