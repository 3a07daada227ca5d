import './lib/theme.svelte'
import './app.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { keepFocus } from './lib/focus'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no #app')
keepFocus(document.body)
mount(App, { target })
