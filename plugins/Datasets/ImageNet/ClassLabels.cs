namespace Pellucid.Plugins.Datasets.ImageNet;

/// <summary>What the classes of folders are called.</summary>
public enum ClassLabels
{
    /// <summary>By the names of a class list; folders that are no WordNet ids stand for themselves.</summary>
    Names,

    /// <summary>By the names of their folders.</summary>
    Folders,
}
