// Logs with the standard library, then panics while another goroutine waits.
package main

import "log"

func checkout(pool []int, number int) int {
	return pool[number]
}

func main() {
	log.Println("INFO listening on port 8080")
	wait := make(chan int)
	go func() { <-wait }()
	log.Println("INFO request 17 begins")
	checkout(make([]int, 10), 10)
}
