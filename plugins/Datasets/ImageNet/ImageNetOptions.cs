using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Datasets.ImageNet;

/// <summary>Options of <see cref="ImageNetReader"/>.</summary>
public sealed record ImageNetOptions : IValidatableObject
{
    /// <summary>The class list.</summary>
    [Description("File with the names of the classes, relative to the data set's folder; by default one of the usual name in it.")]
    public string Classes { get; set; } = string.Empty;

    /// <summary>What the classes are called.</summary>
    [Description("names: by the class list. folders: by their folders, without a class list.")]
    public ClassLabels Labels { get; set; }

    /// <summary>The one part to read.</summary>
    [Description("Read this part alone, such as validation; by default all.")]
    public string Part { get; set; } = string.Empty;

    /// <summary>A prompt for each class.</summary>
    [Description("Text with {label} in it that becomes the caption of each image: \"a photo of a {label}\". Without it images have no caption.")]
    public string Template { get; set; } = string.Empty;

    /// <summary>The class ids of ImageNet-S.</summary>
    [Description("File with the WordNet ids of ImageNet-S, whose n-th line is the mask value n; by default ImageNetS_categories_im*.txt in the data set's folder.")]
    public string MaskClasses { get; set; } = string.Empty;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Template.Length > 0 && !Template.Contains("{label}", StringComparison.Ordinal)) yield return new ValidationResult("the template needs {label} where the name of the class goes");
        if (Classes.Length > 0 && Labels == ClassLabels.Folders) yield return new ValidationResult("a class list has no use with labels=folders");
    }
}
