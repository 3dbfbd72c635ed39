package jenkins.model.lazy;

import java.util.AbstractMap;
import java.util.SortedMap;

/** Builds by number; the harness reads them all at once. */
public abstract class AbstractLazyLoadRunMap<R> extends AbstractMap<Integer, R> implements SortedMap<Integer, R> {}
