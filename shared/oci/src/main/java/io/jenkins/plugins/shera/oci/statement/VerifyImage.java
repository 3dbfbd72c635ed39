package io.jenkins.plugins.shera.oci.statement;

import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.image.Platform;
import io.jenkins.plugins.shera.oci.registry.RegistryAddress;
import io.jenkins.plugins.shera.oci.registry.RegistryCredentials;
import io.jenkins.plugins.shera.oci.target.ImagePlace;
import io.jenkins.plugins.shera.oci.target.ImageTarget;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Verifies an image without any Jenkins: {@code java -cp 'WEB-INF/lib/*' io.jenkins.plugins.shera.oci.statement.VerifyImage
 * --key cosign.pub REGISTRY/NAME@sha256:...}; user and password come from {@code REGISTRY_USER} and {@code REGISTRY_PASSWORD}.
 */
public final class VerifyImage {
    private static final String USAGE = "usage: VerifyImage --key FILE [--key FILE ...] REGISTRY/NAME@sha256:DIGEST";

    private VerifyImage() {}

    /** Prints the standing; exit 0 for OK, 1 for any other, 2 when it could not be found out. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            List<TrustedKey> keys = new ArrayList<>();
            String image = null;
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i].equals("--key") && i + 1 < arguments.length) {
                    keys.add(TrustedKey.ofPem(Files.readString(Path.of(arguments[++i]), StandardCharsets.US_ASCII)));
                } else if (image == null && !arguments[i].startsWith("-")) {
                    image = arguments[i];
                } else {
                    throw new IllegalArgumentException(USAGE);
                }
            }
            if (image == null || keys.isEmpty()) {
                throw new IllegalArgumentException(USAGE);
            }
            Verification found = verify(ImageReference.parse(image), keys);
            out.println(found.standing().word() + "  " + image);
            out.println(found.why());
            found.statement().ifPresent(said -> said.claims().forEach((k, v) -> out.println("  " + k + " = " + v)));
            return found.standing() == Standing.OK ? 0 : 1;
        } catch (IOException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        }
    }

    private static Verification verify(ImageReference image, List<TrustedKey> keys) throws IOException {
        String registry = image.domain()
                .orElseThrow(() -> new IllegalArgumentException("Name the registry in the image. " + USAGE));
        RegistryCredentials login = new RegistryCredentials(
                System.getenv().getOrDefault("REGISTRY_USER", ""),
                System.getenv().getOrDefault("REGISTRY_PASSWORD", ""));
        ImageTarget home = new ImagePlace(RegistryAddress.of(registry), login).repository(image.repository());
        return new Verifier(new KeyRing(keys, Set.of()))
                .verify(
                        home,
                        image.digest().orElseThrow(() -> new IllegalArgumentException("Name the digest. " + USAGE)),
                        Platform.ofThisMachine());
    }
}
