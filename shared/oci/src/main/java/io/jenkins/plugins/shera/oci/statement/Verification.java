package io.jenkins.plugins.shera.oci.statement;

import java.util.Optional;

/** What came of verifying an image: its standing, the statement it rests on if any, the key's id, and why in one sentence. */
public record Verification(Standing standing, Optional<Statement> statement, String keyId, String why) {}
