export interface StandIn {
  text(): string
  setText(value: string): void
  inputRect(): { x: number; y: number; width: number; height: number }
  stall(ms: number): void
  ask(shown: boolean, overInput: boolean): void
  readonly seen: { keys: number; pastes: number; clicks: number; submitted: number }
}

declare global {
  interface Window {
    /** Given by the preload script. */
    readonly main: { submit(text: string, at: number): void; answer(answer: string): void }
    standIn: StandIn
  }
}
