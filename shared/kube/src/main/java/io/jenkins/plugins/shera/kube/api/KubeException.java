package io.jenkins.plugins.shera.kube.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The cluster did not do what was asked. The message says what, where, why and what to do next. */
public final class KubeException extends IOException {

    private static final long serialVersionUID = 1;

    /** What kind of refusal it is; decides whether trying again can help. */
    public enum Kind {
        /** No connection, no answer in time, or an answer that is not Kubernetes'. */
        UNREACHABLE,
        /** Certificate of the server not trusted, or not for this host. */
        UNTRUSTED,
        /** Token or certificate not accepted: wrong, or expired meanwhile. */
        UNAUTHENTICATED,
        /** The identity may not do this; or quota or an admission plugin said no. */
        FORBIDDEN,
        /** No such object, or no such kind. */
        NOT_FOUND,
        /** Somebody else owns a field, or changed the object meanwhile. */
        CONFLICT,
        /** The position in a list or watch is too old; start again. */
        EXPIRED,
        /** The object is not valid. */
        INVALID,
        /** The server is busy or broken. */
        OVERLOADED,
        /** Anything else. */
        REFUSED;

        /** Whether the same request may succeed a moment later. */
        public boolean isPassing() {
            return this == UNREACHABLE || this == OVERLOADED;
        }
    }

    /**
     * One field that another manager owns.
     *
     * @param manager for example {@code kubectl-edit}
     * @param field for example {@code .spec.replicas}
     */
    public record FieldConflict(String manager, String field) {}

    private final Kind kind;
    private final int status;
    private final transient List<FieldConflict> conflicts;

    KubeException(Kind kind, int status, String message, List<FieldConflict> conflicts, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.conflicts = List.copyOf(conflicts);
    }

    /** From a {@code Status} object, see Kubernetes' API conventions, "Response Status Kind". */
    static KubeException answered(int status, JsonNode body, String request) {
        String reason = body.path("reason").asText("");
        String message = body.path("message").asText("");
        Kind kind = kind(status, reason);
        List<FieldConflict> conflicts = conflicts(body);
        String why = (message.isEmpty() ? "HTTP status " + status : message).replaceFirst("[.\\s]*$", ".");
        return new KubeException(kind, status, request + ": " + why + next(kind, conflicts), conflicts, null);
    }

    /** From an answer whose body was not read, such as that to a WebSocket handshake. */
    public static KubeException ofStatus(int status, String request) {
        return answered(status, MissingNode.getInstance(), request);
    }

    /** Without an answer, or with a connection that ended before its time. */
    public static KubeException ofFailure(Kind kind, String request, String why, Throwable cause) {
        return new KubeException(kind, 0, request + ": " + why + next(kind, List.of()), List.of(), cause);
    }

    static Kind kind(int status, String reason) {
        return switch (status) {
            case 401 -> Kind.UNAUTHENTICATED;
            case 403 -> Kind.FORBIDDEN;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.CONFLICT;
            case 410 -> Kind.EXPIRED;
            case 400, 422 -> Kind.INVALID;
            case 408, 429 -> Kind.OVERLOADED;
            // A webhook that fails is reported as 500 InternalError; asking again may pass.
            default -> status >= 500 ? Kind.OVERLOADED : Kind.REFUSED;
        };
    }

    private static List<FieldConflict> conflicts(JsonNode body) {
        List<FieldConflict> found = new ArrayList<>();
        for (JsonNode cause : body.path("details").path("causes")) {
            if ("FieldManagerConflict".equals(cause.path("reason").asText())) {
                found.add(new FieldConflict(
                        manager(cause.path("message").asText("")),
                        cause.path("field").asText("")));
            }
        }
        return found;
    }

    /** The API server's text is {@code conflict with "NAME" using apps/v1}, also with a subresource or a time behind. */
    private static String manager(String message) {
        int from = message.indexOf('"');
        int to = message.indexOf('"', from + 1);
        return from >= 0 && to > from ? message.substring(from + 1, to) : message;
    }

    private static String next(Kind kind, List<FieldConflict> conflicts) {
        if (!conflicts.isEmpty()) {
            return " Let that manager stop setting the field, or leave the field out here.";
        }
        return switch (kind) {
            case UNAUTHENTICATED -> " The token or certificate is wrong or has expired: renew the credential.";
            case NOT_FOUND -> " Check the name and the namespace.";
            case OVERLOADED -> " The API server is busy or broken; try again when it answers.";
            case EXPIRED -> " Read the list again from its start.";
            default -> "";
        };
    }

    /** What kind of refusal it is. */
    public Kind kind() {
        return kind;
    }

    /** HTTP status, or 0 without an answer. */
    public int status() {
        return status;
    }

    /** Fields owned by others; empty unless {@link Kind#CONFLICT}. */
    public List<FieldConflict> conflicts() {
        return conflicts == null ? List.of() : conflicts;
    }
}
