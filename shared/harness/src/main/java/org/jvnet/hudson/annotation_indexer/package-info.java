/** Marks annotations whose carriers are listed in an index. */
package org.jvnet.hudson.annotation_indexer;
