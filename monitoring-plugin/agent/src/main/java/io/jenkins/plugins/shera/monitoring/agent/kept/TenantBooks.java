package io.jenkins.plugins.shera.monitoring.agent.kept;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.shera.monitoring.thresholds.InvalidThresholdException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Jenkins told of each tenant, on disk and in memory: a file for each tenant that is replaced whole, with a generation that counts
 * up. What cannot be read is laid aside and counted until its tenant is told anew. Usable from many threads; one process at a time has
 * the folder.
 *
 * @param <B> what is told of one tenant
 */
public abstract class TenantBooks<B> implements AutoCloseable {

    /** The name of the generation in files. */
    protected static final String NUMBER = "generation";

    private final TenantFolder folder;
    private final String what;
    private final Map<String, B> books = new TreeMap<>();

    /** Nothing is read yet; {@code what} is in the books, for people. */
    protected TenantBooks(TenantFolder folder, String what) {
        this.folder = folder;
        this.what = what;
    }

    /** A book of generation 0 for a tenant that was never told of. */
    protected abstract B empty();

    /**
     * Reads a tenant's file.
     *
     * @throws InvalidThresholdException naming the field that cannot be
     */
    protected abstract B parse(byte[] file) throws IOException;

    /** What {@link #parse} reads. */
    protected abstract byte[] bytes(B book) throws IOException;

    /** Counts up with every change. */
    protected abstract long generation(B book);

    /** The same with another generation. */
    protected abstract B numbered(B book, long generation);

    /**
     * Looks whether it can be kept beside those of others.
     *
     * @throws InvalidThresholdException when it cannot
     */
    protected void check(String tenant, B book) {
        // Most stand for themselves.
    }

    /** Is called with what is kept of a tenant from now on. */
    protected void keeping(String tenant, B book) {
        // Most need nothing else.
    }

    /** Reads all of them, once; gives the folder back where that fails. */
    protected final synchronized void load() throws IOException {
        try {
            for (Map.Entry<String, byte[]> each : folder.read().entrySet()) {
                load(each.getKey(), each.getValue());
            }
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private void load(String tenant, byte[] file) throws IOException {
        try {
            B book = parse(file);
            check(tenant, book);
            keep(tenant, book);
        } catch (JsonProcessingException e) {
            // The words of the exception may hold a secret.
            folder.layAside(tenant, "it is no JSON");
        } catch (InvalidThresholdException e) {
            folder.layAside(tenant, String.valueOf(e.getMessage()));
        }
    }

    private void keep(String tenant, B book) {
        keeping(tenant, book);
        books.put(tenant, book);
    }

    /** What is kept of a tenant. */
    public final synchronized B read(String tenant) {
        B book = books.get(tenant);
        return book == null ? empty() : book;
    }

    /** All that is kept, by tenant. */
    public final synchronized Map<String, B> all() {
        return new TreeMap<>(books);
    }

    /** The tenants whose files could not be read. */
    public final synchronized Set<String> damaged() {
        return folder.damaged();
    }

    /**
     * Replaces what is kept of a tenant; it lies on the disk when this returns.
     *
     * @param from with the generation it was made from
     * @return what is kept now
     * @throws StaleException when that is not the one that is kept
     * @throws InvalidThresholdException when it cannot be kept beside that of others
     */
    public final synchronized B replace(String tenant, B from) throws IOException, StaleException {
        long kept = generation(read(tenant));
        if (generation(from) != kept) {
            throw new StaleException(what, generation(from), kept);
        }
        check(tenant, from);
        B book = numbered(from, kept + 1);
        folder.replace(tenant, bytes(book));
        keep(tenant, book);
        folder.mended(tenant);
        return book;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
