package io.jenkins.plugins.shera.oci.statement;

import java.util.Optional;

/**
 * What came of verifying an image: its standing, the statement it rests on if any, the key's id, and why in one sentence.
 *
 * @param debug whether it bears debug tools
 */
public record Verification(Standing standing, Optional<Statement> statement, String keyId, String why, boolean debug) {
    Verification(Standing standing, Optional<Statement> statement, String keyId, String why) {
        this(standing, statement, keyId, why, false);
    }

    Verification debug(boolean has) {
        return new Verification(standing, statement, keyId, why, has);
    }
}
