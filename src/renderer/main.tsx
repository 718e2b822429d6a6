import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { startPageLive } from './page-live'
import { createWishes } from './state/wishes'
import './styles.css'
import { onWish, startFacts } from './waggle'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root".')

const live = startPageLive()
const wishes = createWishes(onWish)
createRoot(root).render(
  <StrictMode>
    <App live={live} wishes={wishes} facts={startFacts()} />
  </StrictMode>,
)
