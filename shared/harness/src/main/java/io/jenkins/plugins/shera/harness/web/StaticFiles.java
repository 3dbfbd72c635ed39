package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Files of the host and of plugins: {@code /static/HASH/...}, {@code /static/HASH/plugin/ID/...}, {@code /plugin/ID/...}. */
final class StaticFiles extends WebFilter {
    private static final String HASH = Long.toHexString(System.currentTimeMillis());
    private static final long YEAR_SECONDS = TimeUnit.DAYS.toSeconds(365);
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("mjs", "text/javascript;charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"));
    private final Site site;

    StaticFiles(Site site) {
        this.site = site;
    }

    /** Changes with each start, so that browsers may keep what lies below it. */
    static String resourcePath() {
        return "/static/" + HASH;
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws IOException, ServletException {
        String path = pathOf(request);
        boolean lasting = path.startsWith("/static/") && path.indexOf('/', "/static/".length()) > 0;
        String inside = lasting ? path.substring(path.indexOf('/', "/static/".length())) : path;
        boolean reading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        URL file = reading ? find(inside, lasting) : null;
        if (file != null) {
            send(file, inside, lasting, request, response);
        } else if (lasting && !inside.startsWith("/adjuncts/")) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            next.doFilter(request, response);
        }
    }

    private URL find(String path, boolean lasting) {
        if (path.endsWith("/") || path.contains("/WEB-INF/") || path.contains("/META-INF/")) {
            return null;
        }
        if (path.startsWith("/plugin/")) {
            int slash = path.indexOf('/', "/plugin/".length());
            return slash < 0
                    ? null
                    : site.pluginFile(path.substring("/plugin/".length(), slash), path.substring(slash + 1));
        }
        return lasting || path.equals("/favicon.ico") ? StaticFiles.class.getResource("/webapp" + path) : null;
    }

    private static void send(
            URL file, String path, boolean lasting, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            response.setContentType(TYPES.getOrDefault(extension, "application/octet-stream"));
            response.setHeader(
                    "Cache-Control", lasting ? "public, max-age=" + YEAR_SECONDS + ", immutable" : "no-cache");
            if (!request.getMethod().equals("HEAD")) {
                in.transferTo(response.getOutputStream());
            }
        }
    }
}
