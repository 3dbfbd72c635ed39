package io.jenkins.plugins.shera.terminal.pack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jvnet.localizer.Localizable;

/** Brings files out of one container; calls wait. */
public interface FileSource {

    /**
     * Asks whether it is still the container it was in the beginning.
     *
     * @throws PackException if it was started again or replaced meanwhile
     */
    void confirm() throws IOException;

    /**
     * Fetches them all as they were listed, or fails.
     *
     * @param folder the caller's, to be deleted with what is in it
     * @param wanted by name
     */
    Spool fetch(Path folder, Map<String, ContainerFile> wanted) throws IOException;

    /** What of them it could not bring, after {@link #fetch}. */
    default List<Localizable> remarks() {
        return List.of();
    }
}
