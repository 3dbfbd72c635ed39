package hudson.util;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Things by key, each loaded once from where it is stored. */
public abstract class KeyedDataStorage<T, P> {
    private final Map<String, T> core = new ConcurrentHashMap<>();

    public KeyedDataStorage() {}

    /** The thing of this key, made when there is none. */
    public T getOrCreate(String key, P createParams) throws IOException {
        return get(key, true, createParams);
    }

    /** The thing of this key, or null. */
    public T get(String key) throws IOException {
        return get(key, false, null);
    }

    protected synchronized T get(String key, boolean createIfNotExist, P createParams) throws IOException {
        T thing = core.get(key);
        if (thing == null) {
            thing = load(key);
        }
        if (thing == null && createIfNotExist) {
            thing = create(key, createParams);
        }
        if (thing != null) {
            core.put(key, thing);
        }
        return thing;
    }

    protected abstract T create(String key, P createParams) throws IOException;

    protected abstract T load(String key) throws IOException;
}
