package io.jenkins.plugins.shera.harness.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.ee9.nested.ErrorHandler;
import org.eclipse.jetty.ee9.nested.Request;

/** A calm page for 403, 404 and 500: what happened and an id for the log, never a trace. */
final class ErrorPage extends ErrorHandler {
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad_Request", 401, "Not_Signed_In", 403, "Access_Denied", 404, "Not_Found", 405, "Not_Allowed");

    private final String contextPath;

    ErrorPage(String contextPath) {
        this.contextPath = contextPath;
    }

    @Override
    public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        base.setHandled(true);
        PageText text = PageText.of(request.getLocale());
        Object reason = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        Object id = request.getAttribute(Failures.ID);
        int status = response.getStatus();
        String title = text.get(TITLES.getOrDefault(status, "Oops"));
        String signInAt = (String) request.getAttribute(Denial.SIGN_IN_AT);
        StringBuilder body = new StringBuilder("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">");
        if (signInAt != null) {
            body.append("<meta http-equiv=\"refresh\" content=\"1;url=")
                    .append(escape(signInAt))
                    .append("\">");
        }
        String styles = contextPath + StaticFiles.resourcePath() + "/jsbundles/styles.css";
        body.append("<title>").append(escape(title)).append(" - Jenkins</title>");
        body.append("<link rel=\"stylesheet\" href=\"").append(escape(styles)).append("\"></head>");
        body.append(
                "<body class=\"full-screen\"><div id=\"main-panel\" class=\"app-error\"><p class=\"app-error__status\">");
        body.append(status).append("</p><h1>").append(escape(title)).append("</h1>");
        if (status < 500 && reason != null) {
            body.append("<p>").append(escape(reason.toString())).append("</p>");
        }
        if (id != null) {
            body.append("<p>")
                    .append(escape(text.get("Logged_As")))
                    .append(" <code>")
                    .append(id)
                    .append("</code></p>");
        }
        if (signInAt != null) {
            body.append("<p><a class=\"jenkins-button jenkins-button--primary\" href=\"")
                    .append(escape(signInAt));
            body.append("\">").append(escape(text.get("Sign_In"))).append("</a></p>");
        }
        body.append("</div></body></html>\n");
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
