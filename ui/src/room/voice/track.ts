/** One's own microphone on its way to the server. Sound is sent only while the server says that everybody agrees. */

import microphone from './microphone.js?url'

export interface VoiceTold {
  state: 'open' | 'not_installed' | 'not_live' | 'not_asked' | 'not_agreed'
  told: string
  next_step: string
  lag_s: number
  speaking: boolean
  given_up_s: number
}

export interface Heard {
  voice: (now: VoiceTold) => void
  words: (text: string) => void
  level: (loudness: number) => void
  /** It is off, and why: "" = one switched it off oneself. */
  ended: (why: string) => void
}

/** Switch the microphone on; gives what switches it off. Rejects with words for the person where it cannot be had. */
export async function track(url: string, heard: Heard): Promise<() => void> {
  if (!('mediaDevices' in navigator)) throw new Error('The browser gives its microphone only to a page that came over TLS or from this machine.')
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } }).catch((error: unknown) => {
    throw new Error(error instanceof DOMException && error.name === 'NotAllowedError' ? 'The browser was not allowed to use the microphone. Allow it in the address bar, then try again.' : 'No microphone was found.')
  })
  const context = new AudioContext()
  const socket = new WebSocket(url)
  let isOpen = false
  let isOver = false
  const end = (why = ''): void => {
    if (isOver) return
    isOver = true
    for (const one of stream.getTracks()) one.stop()
    void context.close()
    socket.close()
    heard.ended(why)
  }
  socket.onmessage = (event: MessageEvent<string>) => {
    const told = JSON.parse(event.data) as ({ type: 'voice' } & VoiceTold) | { type: 'heard'; text: string }
    if (told.type === 'heard') heard.words(told.text)
    else {
      isOpen = told.state === 'open'
      heard.voice(told)
    }
  }
  socket.onclose = (event) => end(event.code === 4403 ? 'Your role does not let you speak here any more.' : 'The connection was lost, so your microphone is off.')
  await context.audioWorklet.addModule(microphone)
  const node = new AudioWorkletNode(context, 'microphone')
  node.port.onmessage = ({ data }: MessageEvent<{ sound: Int16Array<ArrayBuffer>; level: number }>) => {
    heard.level(data.level)
    if (isOpen && socket.readyState === WebSocket.OPEN) socket.send(data.sound)
  }
  const mute = new GainNode(context, { gain: 0 })
  context.createMediaStreamSource(stream).connect(node).connect(mute).connect(context.destination)
  return () => end()
}
