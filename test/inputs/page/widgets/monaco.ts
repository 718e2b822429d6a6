import * as monaco from 'monaco-editor/editor/editor.api.js'
import 'monaco-editor/editor/editor.main.js'
import type { Mount } from '../widget'

/** With the element's padding as high as any input may become. */
const TALLEST = 92

/** One line that grows with its text, as VS Code's chat has it. */
export const mount: Mount = ({ place, placeholder, enter, changed }) => {
  const element = document.createElement('div')
  element.className = 'input grows'
  place.append(element)
  const editor = monaco.editor.create(element, {
    value: '',
    language: 'plaintext',
    placeholder,
    ariaLabel: 'Message',
    lineNumbers: 'off',
    glyphMargin: false,
    folding: false,
    minimap: { enabled: false },
    wordWrap: 'on',
    renderLineHighlight: 'none',
    overviewRulerLanes: 0,
    quickSuggestions: false,
    wordBasedSuggestions: 'off',
    scrollBeyondLastLine: false,
    automaticLayout: true,
  })
  const grow = (): void => {
    const height = Math.min(TALLEST, editor.getContentHeight())
    element.style.height = `${height + 4}px`
    editor.layout({ width: element.clientWidth - 4, height })
  }
  grow()
  editor.onDidContentSizeChange(grow)
  editor.onDidChangeModelContent(changed)
  editor.addAction({
    id: 'send',
    label: 'Send',
    keybindings: [monaco.KeyCode.Enter],
    precondition: '!suggestWidgetVisible',
    run: enter,
  })
  const model = editor.getModel()
  if (!model) throw new Error('Monaco has no model')
  return {
    element,
    text: () => model.getValue(monaco.editor.EndOfLinePreference.LF),
    document: () => ({ lines: model.getLinesContent() }),
    selection: () => editor.getSelection(),
    setDraft: (text) => {
      editor.executeEdits('draft', [{ range: model.getFullModelRange(), text }])
      editor.setPosition(model.getFullModelRange().getEndPosition())
    },
    setRichDraft: () => false,
    setEditable: (editable) => editor.updateOptions({ readOnly: !editable, domReadOnly: !editable }),
    focus: () => editor.focus(),
    destroy: () => {
      editor.dispose()
      model.dispose()
      element.remove()
    },
  }
}
