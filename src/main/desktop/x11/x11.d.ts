// The parts of the `x11` package that Waggle uses; the package ships no types. See its docs/core-requests.md.
declare module 'x11' {
  export type Callback<T> = (error: Error | null, result: T) => void

  export interface Property {
    readonly type: number
    readonly data: Buffer
    readonly bytesAfter: number
  }

  export interface XEvent {
    readonly name: string
    readonly time: number
    /** Of XFixes alone. */
    readonly owner?: number
    readonly requestor: number
    readonly selection: number
    readonly target: number
    readonly property: number
    readonly atom: number
    readonly wid: number
    readonly state: number
    /** The key or button of an input event. */
    readonly detail: number
    /** Of XKB alone. */
    readonly xkbType?: number
    readonly deviceID?: number
  }

  /** Of the keyboard: each modifier is a bit. */
  export interface XkbState {
    readonly deviceID: number
    /** In force: held, latched and locked ones together. */
    readonly mods: number
    readonly latchedMods: number
    readonly lockedMods: number
    readonly group: number
    readonly lockedGroup: number
    readonly baseGroup: number
    readonly latchedGroup: number
  }

  export interface XkbControls {
    readonly enabledControls: number
  }

  export interface Xkb {
    readonly majorOpcode: number
    readonly NameDetail: Record<'KeyNames', number>
    SelectEvents(
      device: number,
      affectWhich: number,
      clear: number,
      selectAll: number,
      affectMap: number,
      map: number,
    ): void
    GetState(device: number, done: Callback<XkbState>): void
    GetControls(device: number, done: Callback<XkbControls>): void
    GetNames(device: number, which: number, done: Callback<{ firstKey: number; keyNames: string[] }>): void
    LatchLockState(
      device: number,
      affectModLocks: number,
      modLocks: number,
      lockGroup: boolean,
      groupLock: number,
      affectModLatches: number,
      modLatches: number,
      latchGroup: boolean,
      groupLatch: number,
    ): void
  }

  export interface InputDevice {
    readonly deviceId: number
    readonly use: number
    /** The master that it belongs to. */
    readonly attachment: number
    readonly name: string
  }

  export interface CursorImage {
    readonly width: number
    readonly height: number
    /** The pixel it points with. */
    readonly xhot: number
    readonly yhot: number
    /** Four bytes a pixel, row by row: blue, green, red, alpha. */
    readonly cursorImage: Uint8Array
  }

  export interface Extensions {
    xtest: {
      FakeInput(type: number, detail: number, time: number, root: number, x: number, y: number): void
      /** Lets this client go on while another one has grabbed the server. */
      GrabControl(isImpervious: boolean): void
    }
    fixes: {
      QueryVersion(major: number, minor: number, done: Callback<unknown>): void
      SelectSelectionInput(window: number, selection: number, mask: number): void
      GetCursorImage(done: Callback<CursorImage>): void
    }
    xinput: {
      XIQueryVersion(major: number, minor: number, done: Callback<unknown>): void
      XIQueryDevice(device: number, done: Callback<InputDevice[]>): void
      XISelectEvents(window: number, masks: readonly { deviceId: number; mask: number }[]): void
    }
    'screen-saver': {
      QueryInfo(drawable: number, done: Callback<{ idle: number }>): void
    }
    xkb: Xkb
  }

  export interface PointerState {
    readonly rootX: number
    readonly rootY: number
    /** Modifiers (bits 0 to 7) and mouse buttons (8 to 12) that are down. */
    readonly keyMask: number
  }

  export interface Client {
    readonly atoms: Record<string, number>
    /** Of those that were asked for. */
    readonly atom_names: Record<number, string | undefined>
    AllocID(): number
    GetImage(
      format: number,
      drawable: number,
      x: number,
      y: number,
      width: number,
      height: number,
      planes: number,
      done: Callback<{ data: Buffer }>,
    ): void
    CreateWindow(
      id: number,
      parent: number,
      x: number,
      y: number,
      width: number,
      height: number,
      borderWidth?: number,
      depth?: number,
      windowClass?: number,
      visual?: number,
      values?: { eventMask?: number; overrideRedirect?: boolean },
    ): void
    MapWindow(window: number): void
    DestroyWindow(window: number): void
    ChangeWindowAttributes(
      window: number,
      values: { eventMask: number },
      done?: (error: Error | null) => void,
    ): void
    QueryExtension(
      name: string,
      done: Callback<{ present: number; majorOpcode: number; firstEvent: number }>,
    ): void
    InternAtom(onlyIfExists: boolean, name: string, done: Callback<number>): void
    GetAtomName(atom: number, done: Callback<string>): void
    GetProperty(
      remove: number,
      window: number,
      name: number,
      type: number,
      offset: number,
      length: number,
      done: Callback<Property>,
    ): void
    ChangeProperty(
      mode: number,
      window: number,
      name: number,
      type: number,
      format: 8 | 32,
      data: Buffer | readonly number[],
      done?: (error: Error | null) => void,
    ): void
    DeleteProperty(window: number, name: number): void
    GetWindowAttributes(window: number, done: Callback<{ mapState: number; allEventMasks: number }>): void
    GetGeometry(window: number, done: Callback<{ width: number; height: number }>): void
    QueryTree(window: number, done: Callback<{ root: number; parent: number; children: number[] }>): void
    TranslateCoordinates(
      from: number,
      to: number,
      x: number,
      y: number,
      done: Callback<{ child: number; destX: number; destY: number }>,
    ): void
    QueryPointer(window: number, done: Callback<PointerState>): void
    /** 32 bytes: a bit for each key that is down. */
    QueryKeymap(done: Callback<Buffer>): void
    /** Answers 0 for a grab made, 1 where another client has one, 3 where the window is not shown. */
    GrabKeyboard(
      window: number,
      ownerEvents: boolean,
      time: number,
      pointerMode: number,
      keyboardMode: number,
      done: Callback<number>,
    ): void
    UngrabKeyboard(time: number): void
    /** What these keys give from now on, on every keyboard; so many symbols for each key. */
    ChangeKeyboardMapping(firstCode: number, each: number, keysyms: readonly number[]): void
    /** For requests of one's own: the number of the last one, what reads its reply, and the way out. */
    seq_num: number
    readonly replies: Record<number, [(reply: Buffer) => Buffer, Callback<Buffer>]>
    /** The socket itself. */
    readonly stream: {
      once(name: 'close', listener: () => void): void
      destroy(error?: Error): void
    }
    readonly pack_stream: { put(request: Buffer): void; submit(expectsReply: boolean): void }
    /** Every other program's requests wait until it is undone. */
    GrabServer(): void
    UngrabServer(): void
    require<N extends keyof Extensions>(
      name: N,
      done: (error: Error | null, extension: Extensions[N]) => void,
    ): void
    SetInputFocus(window: number, revertTo: number): void
    GetInputFocus(done: Callback<{ focus: number }>): void
    /** What becomes of a client's windows when it ends: gone (0), or there until somebody destroys them (1). */
    SetCloseDownMode(mode: number): void
    /** Ends the connection of the client that this window or other resource belongs to. */
    KillClient(resource: number): void
    SetSelectionOwner(owner: number, selection: number, time?: number): void
    GetSelectionOwner(selection: number, done: Callback<number>): void
    ConvertSelection(
      requestor: number,
      selection: number,
      target: number,
      property: number,
      time?: number,
    ): void
    SendEvent(destination: number, propagate: number, mask: number, event: Record<string, unknown>): void
    SendClientMessage(
      destination: number,
      window: number,
      type: number,
      format: 8 | 32,
      data: readonly number[],
    ): void
    on(name: 'event', listener: (event: XEvent) => void): void
    on(name: 'error', listener: (error: Error) => void): void
    on(name: 'end', listener: () => void): void
    require(extension: 'xinerama', done: Callback<Xinerama>): void
    require(extension: 'res', done: Callback<ClientIds>): void
    terminate(): void
  }

  /** X-Resource. */
  export interface ClientIds {
    QueryClientIds(
      specs: readonly { client: number; mask: number }[],
      done: Callback<{ client: number; mask: number; value: number[] }[]>,
    ): void
  }

  export interface Xinerama {
    QueryScreens(done: Callback<{ x: number; y: number; width: number; height: number }[]>): void
  }

  export interface Display {
    readonly client: Client
    readonly screen: readonly { root: number; pixel_width: number; pixel_height: number }[]
    readonly min_keycode: number
    readonly max_keycode: number
    readonly resource_mask: number
  }

  const x11: {
    createClient(
      options: {
        display: string
        /** Requests leave together, at the latest before the event loop waits; by default one by one. */
        bufferRequests?: { flushOnReply: boolean }
      },
      done: (error: Error | null, display: Display) => void,
    ): Client
    readonly eventMask: Record<'PropertyChange' | 'SubstructureNotify' | 'StructureNotify', number>
  }
  export default x11
}
