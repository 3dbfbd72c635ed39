package shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A shop window: one page, and a health address. */
public final class Shop {
    private Shop() {}

    /** Listens on {@code PORT}, 8080 unless it is set. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/health", exchange -> answer(exchange, "ok\n"));
        server.createContext("/", exchange -> answer(exchange, page()));
        server.start();
        System.out.println("shop: open on port " + port);
    }

    private static String page() {
        return System.getenv().getOrDefault("GREETING", "Welcome") + ", served by "
                + System.getenv().getOrDefault("HOSTNAME", "somebody") + "\n";
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
