package io.jenkins.plugins.shera.deploy.steps.rollout;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** What an API server answers on a bad day, before the double that it stands for is asked. Usable from many threads. */
final class Faults extends Filter {

    /** One bad answer. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final AtomicInteger given = new AtomicInteger();
    private volatile Predicate<HttpExchange> hit = exchange -> false;
    private volatile Answer[] answers = {};

    /** From now on requests of this kind get these answers in turn. */
    void begin(Predicate<HttpExchange> of, Answer... with) {
        given.set(0);
        answers = with;
        hit = of;
    }

    /** From now on all is well. */
    void end() {
        hit = exchange -> false;
    }

    /** How many bad answers were given since it began. */
    int given() {
        return given.get();
    }

    /** One that is no request of the double's own language. */
    static boolean isOfCluster(HttpExchange exchange) {
        return !exchange.getRequestURI().getPath().startsWith("/double/");
    }

    /** An answer with this code and reason. */
    static Answer status(int code, String reason) {
        return exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("{\"kind\":\"Status\",\"status\":\"Failure\",\"code\":" + code + ",\"reason\":\"" + reason
                            + "\",\"message\":\"" + reason + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            if (code == 429) {
                exchange.getResponseHeaders().set("Retry-After", "3600");
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };
    }

    /** No answer: the connection ends. */
    static Answer cut() {
        return exchange -> {
            throw new IOException("cut");
        };
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        if (hit.test(exchange)) {
            answers[given.getAndIncrement() % answers.length].to(exchange);
        } else {
            chain.doFilter(exchange);
        }
    }

    @Override
    public String description() {
        return "faults";
    }
}
