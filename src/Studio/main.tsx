import { render } from 'preact'
import { App } from './App.tsx'
import { watchPage } from './live/live.ts'
import './theme.ts'
import './styles/index.css'

watchPage()
render(<App />, document.getElementById('app')!)
