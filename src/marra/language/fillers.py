"""Fillers: words of a question that say nothing of what is looked for.

Greetings and question words are passed over; verbs of getting and giving count little, for nearly
every service is one.

Source: ours; Uzbek, Russian and English.
"""

from functools import cache
from typing import Final

from marra.language.fold import fold

PASSED_OVER: Final = """
va yoki bilan ham uchun haqida haqidagi boʻyicha orqali asosida toʻgʻrisida toʻgʻrisidagi ga da
dan ning qanday qanaqa qayerda qayerdan qayerga qachon qancha nima nimaga nimalar nega kim
kimga qaysi qilish qilaman qilamiz qilinadi qilsam qilishim boʻladi boʻlsa boʻlgan kerak lozim
mumkin mumkinmi men mening menga meni biz bizning siz sizga u uni bu shu oʻsha meni haqi eng
juda iltimos salom assalomu alaykum rahmat xayr как какой какая какие где куда откуда когда
сколько что чем кто кому почему зачем можно нужно надо ли и или а в во на по для от до из к с
со о об у за не мне мой моя моё мои я мы нам вам вы это если здравствуйте привет пожалуйста
спасибо how where when what which who why can could do does i my me we you to the a an of for
in on and or is are it please hello hi need want
"""
"""Words that ask, join or greet."""

LITTLE: Final = """
olish olaman olamiz olinadi olsam olsa olib berish beriladi beradi berilishi rasmiylashtirish
rasmiylashtiriladi rasmiylashtiraman rasmiylashtirishni ariza arizasi topshirish topshiraman
yuborish xizmat xizmati xizmatlari davlat получить получение получу получают оформить
оформление оформляют подать подача заявление заявку сделать услуга услуги выдача get getting
obtain apply applying application receive issue service services public
"""
"""Words that nearly every service bears."""


@cache
def passed_over() -> frozenset[str]:
    """The folded words that are passed over.

    >>> fold("Қандай") in passed_over()
    True
    """
    return frozenset(fold(PASSED_OVER).split())


@cache
def little() -> frozenset[str]:
    """The folded words that count little.

    >>> "olish" in little()
    True
    """
    return frozenset(fold(LITTLE).split())
