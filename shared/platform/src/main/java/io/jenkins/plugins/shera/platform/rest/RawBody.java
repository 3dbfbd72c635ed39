package io.jenkins.plugins.shera.platform.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** The bytes of a request, as a proof was made over them. */
public final class RawBody {

    private RawBody() {}

    /** At most 1 MiB; more is a {@link io.jenkins.plugins.shera.platform.input.Refusal}. */
    public static byte[] read(HttpServletRequest request) throws IOException {
        return RequestBody.bytes(request, RequestBody.LIMIT);
    }
}
