package io.jenkins.plugins.shera.oci.target;

import io.jenkins.plugins.shera.oci.image.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Which names, tags or the digest itself, stand for an image in its place; asked all at once, by several threads. */
final class TagsThere {
    private final ImageTarget target;
    private final Digest image;
    private final List<String> names;
    private final Set<String> there = ConcurrentHashMap.newKeySet();
    private final CountDownLatch open;

    TagsThere(ImageTarget target, List<String> names, Digest image) {
        this.target = target;
        this.image = image;
        this.names = names;
        this.open = new CountDownLatch(names.size());
    }

    /** The questions, for {@link AtOnce}; one that fails has to interrupt who waits in {@link #none}. */
    List<AtOnce.Work> questions() {
        List<AtOnce.Work> questions = new ArrayList<>();
        for (String name : names) {
            questions.add(() -> {
                if (target.resolve(name).equals(Optional.of(image))) {
                    there.add(name);
                }
                open.countDown();
            });
        }
        return questions;
    }

    /** Whether one stands for it for sure; does not wait. */
    boolean any() {
        return !there.isEmpty();
    }

    /** Whether none does; waits for the last answer. */
    boolean none() throws IOException {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a registry was asked for an image");
        }
        return there.isEmpty();
    }

    boolean has(String tag) {
        return there.contains(tag);
    }
}
