import { describe, expect, it } from 'vitest'
import { plainly, signalName, signalTitle, valueText } from './indicator'

describe('names of signals', () => {
  it('says a metric with the one attribute that tells it apart', () => {
    expect(signalName({ indicator: 'db.client.connection.count{db.client.connection.pool.name=shop,db.client.connection.state=used}' })).toBe('connection count, used')
    expect(signalName({ indicator: 'payment 2.3.2' })).toBe('payment 2.3.2')
    expect(signalName({ indicator: 'call_rate', peer: 'orders' })).toBe('calls per second to orders')
  })

  it('keeps what is not a raw name in a title', () => {
    expect(signalTitle('orders: `db.client.connection.count{name=shop,state=used}`')).toBe('orders: connection count, used')
    expect(signalTitle('new line `order * placed`')).toBe('new line `order * placed`')
    expect(signalTitle('gateway: share of failed requests')).toBe('gateway: share of failed requests')
  })
})

describe('sentences of the analysis', () => {
  it('puts raw names into words, wherever they stand', () => {
    expect(plainly('error_ratio of orders went from 0 % to 100 %.')).toBe('Share of failed requests of orders went from 0 % to 100 %.')
    expect(plainly('orders left its band before error_ratio of checkout')).toBe('orders left its band before share of failed requests of checkout')
    expect(plainly('db.client.connection.count (name=shop, state=used) rose from 0 to 20')).toBe('Connection count (used) rose from 0 to 20')
  })

  it('leaves hosts, versions and words alone', () => {
    expect(plainly('shop.example.org answered 1.8.0, log_rates and terror_ratio')).toBe('shop.example.org answered 1.8.0, log_rates and terror_ratio')
  })

  it('drops the zone behind a time, which the page names once', () => {
    expect(plainly('orders was changed at 11:49:15 CET, before it')).toBe('orders was changed at 11:49:15, before it')
    expect(plainly('changed at 10:49:15 UTC')).toBe('changed at 10:49:15 UTC')
  })
})

describe('values', () => {
  it('brings a value into the unit that is read most easily', () => {
    expect(valueText(35117, 'ms')).toBe('35.1 s')
    expect(valueText(0.671, '1', 'error_ratio')).toBe('67.1 %')
    expect(valueText(0.671, '1', 'share of failed requests')).toBe('67.1 %')
    expect(valueText(20, '{connection}')).toBe('20')
    expect(valueText(5.4, '1/s')).toBe('5.4/s')
  })
})
