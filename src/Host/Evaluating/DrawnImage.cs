using Pellucid.Abstractions.Datasets;

namespace Pellucid.Host.Evaluating;

/// <summary>
/// What intervals and tests draw. Items about one image file, such as the questions of VQA-RAD and SLAKE, are no independent observations: counted one by one they would make intervals too narrow and
/// chance look like a difference.
/// </summary>
internal static class DrawnImage
{
    /// <summary>Equal for items about the same image: the file's path, or the item's id where the image is no file.</summary>
    /// <param name="item">An item of a data set.</param>
    public static string Of(DatasetItem item) => item.Image is FileImage file ? file.Path : item.Id;
}
