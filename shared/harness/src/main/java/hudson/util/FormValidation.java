package hudson.util;

import hudson.Util;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** What a form shows beside a field. */
public abstract class FormValidation extends IOException implements HttpResponse {
    private static final long serialVersionUID = 1L;

    /** What to think of the field. */
    public final Kind kind;

    /** How bad it is. */
    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    private FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static FormValidation ok() {
        return respond(Kind.OK, "<div/>");
    }

    public static FormValidation ok(String message) {
        return escaped(Kind.OK, message);
    }

    public static FormValidation ok(String format, Object... args) {
        return ok(String.format(format, args));
    }

    public static FormValidation okWithMarkup(String message) {
        return markup(Kind.OK, message, message);
    }

    public static FormValidation warning(String message) {
        return escaped(Kind.WARNING, message);
    }

    public static FormValidation warning(String format, Object... args) {
        return warning(String.format(format, args));
    }

    public static FormValidation warningWithMarkup(String message) {
        return markup(Kind.WARNING, message, message);
    }

    public static FormValidation error(String message) {
        return escaped(Kind.ERROR, message);
    }

    public static FormValidation error(String format, Object... args) {
        return error(String.format(format, args));
    }

    public static FormValidation error(Throwable e, String message) {
        return escaped(Kind.ERROR, message + " (" + e.getMessage() + ")");
    }

    public static FormValidation errorWithMarkup(String message) {
        return markup(Kind.ERROR, message, message);
    }

    /** The worst of all, with the texts of all. */
    public static FormValidation aggregate(Collection<FormValidation> validations) {
        Kind worst = Kind.OK;
        StringBuilder list = new StringBuilder();
        for (FormValidation validation : validations) {
            worst = validation.kind.compareTo(worst) > 0 ? validation.kind : worst;
            list.append("<li>").append(validation.renderHtml()).append("</li>");
        }
        return respond(worst, "<ul style='list-style-type: none; padding-left: 0; margin: 0'>" + list + "</ul>");
    }

    public static FormValidation validateRequired(String value) {
        return Util.fixEmptyAndTrim(value) == null ? error("Required") : ok();
    }

    public static FormValidation validatePositiveInteger(String value) {
        return whole(value, 1, "Not a positive integer");
    }

    public static FormValidation validateNonNegativeInteger(String value) {
        return whole(value, 0, "Not a non-negative integer");
    }

    private static FormValidation whole(String value, int least, String message) {
        try {
            return Integer.parseInt(value) >= least ? ok() : error(message);
        } catch (NumberFormatException e) {
            return error("Not an integer");
        }
    }

    private static FormValidation escaped(Kind kind, String message) {
        return message == null ? ok() : markup(kind, message, Util.escape(message));
    }

    private static FormValidation markup(Kind kind, String message, String markup) {
        String html = "<div class=" + kind.name().toLowerCase(Locale.ENGLISH) + ">" + markup + "</div>";
        return new Rendered(kind, message, html);
    }

    /** Answers the markup as it is. */
    public static FormValidation respond(Kind kind, String html) {
        return new Rendered(kind, html, html);
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node)
            throws IOException, ServletException {
        rsp.setContentType("text/html;charset=UTF-8");
        rsp.setStatus(HttpServletResponse.SC_OK);
        rsp.getWriter().print(renderHtml());
    }

    /** The markup shown. */
    public abstract String renderHtml();

    private static final class Rendered extends FormValidation {
        private static final long serialVersionUID = 1L;
        private final String html;

        Rendered(Kind kind, String message, String html) {
            super(kind, message);
            this.html = html;
        }

        @Override
        public String renderHtml() {
            return html;
        }

        @Override
        public String toString() {
            return kind + ": " + getMessage();
        }
    }
}
