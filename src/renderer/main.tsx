import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { createLive } from './state/live'
import { createWishes } from './state/wishes'
import './styles.css'
import { call, onEvent, onWish, startFacts } from './waggle'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root".')

const live = createLive({ call, onEvent })
const wishes = createWishes(onWish)
void live.start()
createRoot(root).render(
  <StrictMode>
    <App live={live} wishes={wishes} facts={startFacts()} />
  </StrictMode>,
)
