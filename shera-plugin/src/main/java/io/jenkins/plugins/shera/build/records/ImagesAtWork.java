package io.jenkins.plugins.shera.build.records;

import hudson.Extension;
import hudson.ExtensionList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which builds are making an image of a name right now, from before they ask the registry for anything until it is written down what they made: what
 * they found there must not be deleted meanwhile. For any thread.
 */
@Extension
public class ImagesAtWork {
    private final ConcurrentHashMap<String, List<String>> builds = new ConcurrentHashMap<>();

    /** The one instance. */
    public static ImagesAtWork get() {
        return ExtensionList.lookupSingleton(ImagesAtWork.class);
    }

    /** Ends what {@link #begin} began. */
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /** Something that asks a registry to delete. */
    public interface Removal {
        /** Deletes. */
        void run() throws IOException;
    }

    /** A build begins to make an image of a name; waits while one of that name is being deleted. */
    public Hold begin(String name, String build) {
        List<String> here = of(name);
        synchronized (here) {
            here.add(build);
        }
        return () -> {
            synchronized (here) {
                here.remove(build);
            }
        };
    }

    /** A build that is making an image of this name. */
    public Optional<String> on(String name) {
        List<String> here = of(name);
        synchronized (here) {
            return here.stream().findFirst();
        }
    }

    /** Deletes unless a build is making an image of this name, and lets none begin meanwhile; whether it was deleted. */
    public boolean unlessOn(String name, Removal removal) throws IOException {
        List<String> here = of(name);
        synchronized (here) {
            if (!here.isEmpty()) {
                return false;
            }
            removal.run();
            return true;
        }
    }

    private List<String> of(String name) {
        return builds.computeIfAbsent(name, any -> new ArrayList<>());
    }
}
