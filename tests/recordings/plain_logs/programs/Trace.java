import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Logs an exception with causes, then dies of another one. */
public class Trace {
    static void query() {
        throw new IllegalStateException("pool exhausted: 10 of 10 in use");
    }

    static void handle() {
        try {
            query();
        } catch (IllegalStateException cause) {
            RuntimeException error = new RuntimeException("POST /orders failed", cause);
            error.addSuppressed(new java.io.IOException("while closing the socket"));
            throw error;
        }
    }

    static void log(String level, String text) {
        System.err.println(OffsetDateTime.now(ZoneOffset.UTC) + " [main] " + level + " orders - " + text);
    }

    public static void main(String[] arguments) {
        log("INFO ", "listening on port 8080");
        try {
            handle();
        } catch (RuntimeException error) {
            log("ERROR", "request 17 failed");
            error.printStackTrace();
        }
        log("INFO ", "request 18 done in 12 ms");
        handle();
    }
}
