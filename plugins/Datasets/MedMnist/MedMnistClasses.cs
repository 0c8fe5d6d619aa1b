using Pellucid.Plugins.Datasets.Classes;

namespace Pellucid.Plugins.Datasets.MedMnist;

/// <summary>Names of MedMNIST's classes (Yang et al. 2023, "MedMNIST v2"), in the order of their numbers.</summary>
internal static class MedMnistClasses
{
    private static readonly string[] Organs = ["bladder", "femur-left", "femur-right", "heart", "kidney-left", "kidney-right", "liver", "lung-left", "lung-right", "pancreas", "spleen"];

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["pathmnist"] = ["adipose", "background", "debris", "lymphocytes", "mucus", "smooth muscle", "normal colon mucosa", "cancer-associated stroma", "colorectal adenocarcinoma epithelium"],
        ["chestmnist"] = ["atelectasis", "cardiomegaly", "effusion", "infiltration", "mass", "nodule", "pneumonia", "pneumothorax", "consolidation", "edema", "emphysema", "fibrosis", "pleural", "hernia"],
        ["dermamnist"] = ["actinic keratoses and intraepithelial carcinoma", "basal cell carcinoma", "benign keratosis-like lesions", "dermatofibroma", "melanoma", "melanocytic nevi", "vascular lesions"],
        ["octmnist"] = ["choroidal neovascularization", "diabetic macular edema", "drusen", "normal"],
        ["pneumoniamnist"] = ["normal", "pneumonia"],
        ["retinamnist"] = ["0", "1", "2", "3", "4"],
        ["breastmnist"] = ["malignant", "normal, benign"],
        ["bloodmnist"] = ["basophil", "eosinophil", "erythroblast", "immature granulocytes (myelocytes, metamyelocytes and promyelocytes)", "lymphocyte", "monocyte", "neutrophil", "platelet"],
        ["tissuemnist"] =
        [
            "Collecting Duct, Connecting Tubule", "Distal Convoluted Tubule", "Glomerular endothelial cells", "Interstitial endothelial cells", "Leukocytes", "Podocytes",
            "Proximal Tubule Segments", "Thick Ascending Limb",
        ],
        ["organamnist"] = Organs,
        ["organcmnist"] = Organs,
        ["organsmnist"] = Organs,
        ["organmnist3d"] = ["liver", "kidney-right", "kidney-left", "femur-right", "femur-left", "bladder", "heart", "lung-right", "lung-left", "spleen", "pancreas"],
        ["nodulemnist3d"] = ["benign", "malignant"],
        ["adrenalmnist3d"] = ["normal", "hyperplasia"],
        ["fracturemnist3d"] = ["buckle rib fracture", "nondisplaced rib fracture", "displaced rib fracture"],
        ["vesselmnist3d"] = ["vessel", "aneurysm"],
        ["synapsemnist3d"] = ["inhibitory synapse", "excitatory synapse"],
    };

    /// <summary>Names of an archive's classes: of the options' list, or by its name without the size (<c>pathmnist_64</c>); null where neither has them.</summary>
    public static IReadOnlyList<string>? Of(string archive, MedMnistOptions options)
    {
        if (options.Classes.Length > 0)
            return [.. ClassList.Read(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(archive)!, options.Classes))).Entries.Select(e => e.Name ?? e.Id!)];
        return Known.GetValueOrDefault(Path.GetFileNameWithoutExtension(archive).Split('_')[0].ToLowerInvariant());
    }
}
