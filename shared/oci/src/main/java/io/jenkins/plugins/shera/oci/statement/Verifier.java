package io.jenkins.plugins.shera.oci.statement;

import io.jenkins.plugins.shera.oci.image.Digest;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.target.Image;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what an image may be trusted for, from its labels and the statements beside it: the newest of a trusted key counts. */
public final class Verifier {
    private final KeyRing keys;

    /** Trusts these keys and no others. */
    public Verifier(KeyRing keys) {
        this.keys = keys;
    }

    /** Reads the image's configuration and its statements; blocks on the registry. */
    public Verification verify(ImageTarget home, Digest digest, Platform platform) throws IOException {
        Map<String, String> labels =
                Image.read(home, digest.toString(), platform).config().labels();
        if (labels.keySet().stream().noneMatch(ImageLabels::isOurs)) {
            return new Verification(Standing.UNKNOWN, Optional.empty(), "", "It has no label of ours.");
        }
        return judge(digest, labels, new StatementShelf(home).read(digest))
                .debug(labels.containsKey(ImageLabels.DEBUG_TOOLS));
    }

    /** The pure part of {@link #verify}. */
    Verification judge(Digest digest, Map<String, String> labels, List<SignedStatement> shelf) {
        List<Found> trusted = new ArrayList<>();
        boolean revoked = false;
        for (SignedStatement signed : shelf) {
            Optional<TrustedKey> signer = keys.signer(signed);
            revoked |= keys.isRevoked(signed);
            signer.flatMap(key -> found(signed, key))
                    .filter(f -> f.statement().image().equals(digest))
                    .ifPresent(trusted::add);
        }
        Optional<Found> newest =
                trusted.stream().max(Comparator.comparing(f -> f.statement().at()));
        if (newest.isEmpty()) {
            return new Verification(
                    labels.containsKey(ImageLabels.HAND_MADE) ? Standing.HAND_MADE : Standing.FORGED,
                    Optional.empty(),
                    "",
                    why(shelf.isEmpty(), revoked));
        }
        Statement statement = newest.get().statement();
        boolean handMade = labels.containsKey(ImageLabels.HAND_MADE)
                || "true".equals(statement.claims().get(ImageLabels.HAND_MADE));
        Standing standing = handMade
                ? Standing.HAND_MADE
                : Standing.ofGate(statement.claims().getOrDefault(ImageLabels.GATE, ""));
        if (!handMade && !standing.word().equals(labels.get(ImageLabels.GATE))) {
            return new Verification(
                    Standing.FORGED,
                    Optional.of(statement),
                    newest.get().keyId(),
                    "Its label says another gate than the newest statement beside it.");
        }
        return new Verification(
                standing,
                Optional.of(statement),
                newest.get().keyId(),
                "Signed by the key " + newest.get().keyId() + ".");
    }

    private static Optional<Found> found(SignedStatement signed, TrustedKey key) {
        try {
            return Optional.of(new Found(Statement.read(signed.payload()), key.id()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String why(boolean nothing, boolean revoked) {
        if (nothing) {
            return "It has labels of ours, and no statement beside it.";
        }
        return revoked
                ? "The key that signed its statement was revoked."
                : "No trusted key signed a statement of this image.";
    }

    private record Found(Statement statement, String keyId) {}
}
