import { describe, expect, it } from 'vitest'
import { fromParams, read, written } from './ask'

describe('the search field', () => {
  it('takes a trace id, bare or named', () => {
    const id = 'ABCDEF0123456789abcdef0123456789'
    expect(read(` ${id} `)).toEqual({ trace: id.toLowerCase(), attribute: '', value: '' })
    expect(read(`trace_id=${id}`)?.trace).toBe(id.toLowerCase())
  })

  it('takes an attribute with its value, however it is written', () => {
    expect(read('order.id = 47 11')).toEqual({ trace: '', attribute: 'order.id', value: '47 11' })
    expect(read('http.route: "/cart"')).toEqual({ trace: '', attribute: 'http.route', value: '/cart' })
  })

  it('takes nothing else', () => {
    expect([read(''), read('hello'), read('abc123')]).toEqual([null, null, null])
  })

  it('reads back what it wrote', () => {
    const question = { trace: '', attribute: 'user.id', value: 'a=b' }
    expect(read(written(question))).toEqual(question)
    expect(fromParams(new URLSearchParams('attribute=user.id&value=a%3Db'))).toEqual(question)
  })
})
