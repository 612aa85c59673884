// Images and machines share few cores and one disk: one test after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
