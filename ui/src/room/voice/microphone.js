/* Runs in the browser's audio thread: one channel, 16,000 samples a second, 16 bits, a tenth of a second a message. */

const RATE = 16000
const A_MESSAGE = RATE / 10

class Microphone extends AudioWorkletProcessor {
  constructor() {
    super()
    this.step = sampleRate / RATE
    this.sum = 0
    this.count = 0
    this.due = this.step
    this.at = 0
    this.filled = 0
    this.loudest = 0
    this.samples = new Int16Array(A_MESSAGE)
  }

  process([channels]) {
    if (!channels || !channels.length) return true
    for (let i = 0; i < channels[0].length; i += 1) {
      let sample = 0
      for (const channel of channels) sample += channel[i]
      this.sum += sample / channels.length
      this.count += 1
      this.at += 1
      // The mean of the samples between two of ours: it takes out most of what a lower rate cannot carry.
      if (this.at >= this.due) this.push()
    }
    return true
  }

  push() {
    const sample = Math.max(-1, Math.min(1, this.sum / this.count))
    this.sum = 0
    this.count = 0
    this.due += this.step
    this.loudest = Math.max(this.loudest, Math.abs(sample))
    this.samples[this.filled] = sample * 32767
    this.filled += 1
    if (this.filled < A_MESSAGE) return
    this.port.postMessage({ sound: this.samples.slice(), level: this.loudest })
    this.filled = 0
    this.loudest = 0
  }
}

registerProcessor('microphone', Microphone)
