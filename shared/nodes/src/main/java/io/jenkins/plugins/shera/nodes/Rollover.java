package io.jenkins.plugins.shera.nodes;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The one way a set of files goes live: write beside, test, swap, reload, read back; and when a step refuses, the set
 * that was in force before is in force again.
 */
public final class Rollover {
    private static final int KEPT_RELEASES = 10;

    private final ReleaseFolder folder;
    private final Service service;

    /** The program that reads the files. */
    public interface Service {
        /** Judges a staged set before anything includes it; throws {@link RefusedException} with the program's own words. */
        void test(Release candidate) throws IOException, InterruptedException;

        /** Tells the running program to take what {@code current} names. */
        void reload() throws IOException, InterruptedException;

        /** Waits until the running program proves that it serves this set; throws {@link RefusedException} if it does not. */
        void prove(Release current) throws IOException, InterruptedException;
    }

    /** The change was understood and is not accepted; what was in force before is still, or again, in force. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        /** The message is shown to the user as it is. */
        public RefusedException(String message) {
            super(message);
        }
    }

    /** Both are only kept. */
    public Rollover(ReleaseFolder folder, Service service) {
        this.folder = folder;
        this.service = service;
    }

    /**
     * Makes {@code files} the set in force, and returns it; equal files that are in force already are only proved.
     *
     * @throws RefusedException if the test or the proof refused them
     * @throws IOException if the machine could not do it; the earlier set was put back as far as the machine allows
     */
    public Release apply(ReleaseFolder.Lock held, Map<String, byte[]> files) throws IOException, InterruptedException {
        Optional<Release> before = folder.current();
        if (before.isPresent() && before.get().digest().equals(FileSet.digest(files))) {
            service.prove(before.get());
            return before.get();
        }
        Release candidate = folder.stage(held, files);
        try {
            service.test(candidate);
            folder.activate(held, candidate);
            service.reload();
            service.prove(candidate);
        } catch (IOException | InterruptedException | RuntimeException e) {
            try {
                putBack(held, before, candidate);
            } catch (IOException | InterruptedException | RuntimeException f) {
                // The first failure tells what is wrong; that the way back failed too must not hide it.
                e.addSuppressed(f);
            }
            throw e;
        }
        folder.prune(held, KEPT_RELEASES);
        return candidate;
    }

    private void putBack(ReleaseFolder.Lock held, Optional<Release> before, Release candidate)
            throws IOException, InterruptedException {
        boolean swapped = folder.current()
                .map(Release::folder)
                .filter(candidate.folder()::equals)
                .isPresent();
        if (swapped) {
            if (before.isPresent()) {
                folder.activate(held, before.get());
            } else {
                folder.deactivate(held);
            }
            service.reload();
        }
        folder.discard(held, candidate);
    }
}
