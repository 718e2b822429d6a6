/** Where a part says what it did and what went wrong; the app writes it to the home's `logs/`. */
export interface Log {
  error(message: string): void
  warn(message: string): void
  info(message: string): void
  debug(message: string): void
}
