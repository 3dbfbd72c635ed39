package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A filter of HTTP requests. */
abstract class WebFilter implements Filter {
    @Override
    public final void doFilter(ServletRequest request, ServletResponse response, FilterChain next)
            throws IOException, ServletException {
        filter((HttpServletRequest) request, (HttpServletResponse) response, next);
    }

    protected abstract void filter(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws IOException, ServletException;

    /** The path below the context, "." and ".." and double slashes resolved as Stapler resolves them. */
    static String pathOf(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return java.nio.file.Path.of("/" + path.replace('\0', '_')).normalize().toString()
                + (path.length() > 1 && path.endsWith("/") ? "/" : "");
    }
}
